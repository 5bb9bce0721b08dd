using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Maskwright.Bench.Training;

/// <summary>The padded U-Net as one writes it by hand in TorchSharp: what the Torch engine is measured against.</summary>
internal sealed class HandWrittenUNet : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _inc, _bottom;
    private readonly TorchSharp.Modules.ModuleList<Module<Tensor, Tensor>> _down = ModuleList<Module<Tensor, Tensor>>(), _up = ModuleList<Module<Tensor, Tensor>>(), _join = ModuleList<Module<Tensor, Tensor>>();

    public HandWrittenUNet(int width, int depth, int classes)
        : base("unet")
    {
        _inc = Twice(3, width);
        for (var level = 1; level <= depth; level++)
        {
            _down.Add(Sequential(MaxPool2d(2), Twice(width << (level - 1), width << level)));
            var below = width << (depth + 1 - level);
            _up.Add(ConvTranspose2d(below, below / 2, 2, 2));
            _join.Add(Twice(below, below / 2));
        }

        _bottom = Conv2d(width, classes, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (x, skips) = (_inc.call(input), new Stack<Tensor>());
        foreach (var down in _down)
        {
            skips.Push(x);
            x = down.call(x);
        }

        foreach (var (up, join) in _up.Zip(_join))
        {
            x = join.call(cat([skips.Pop(), up.call(x)], 1));
        }

        return _bottom.call(x).MoveToOuterDisposeScope();
    }

    private static Module<Tensor, Tensor> Twice(int from, int to) => Sequential(
        Conv2d(from, to, 3, padding: 1, bias: false), BatchNorm2d(to), ReLU(), Conv2d(to, to, 3, padding: 1, bias: false), BatchNorm2d(to), ReLU());
}
