using Maskwright.Graphs;
using Maskwright.Graphs.Operations;

namespace Maskwright.Networks.Sam.Folded;

/// <summary>SAM's mask decoder for many prompts on one image, the same function computed with a quarter of the multiply-adds.</summary>
/// <remarks>
/// The image x [C,N] is the same for all prompts. What a prompt adds to it has low rank: with T tokens and H heads, an update is <c>A M</c> with A [HT,N], the shares that
/// every cell gives to every token, and M [HT,C], what the tokens say. So the image after an update is "of the image only" plus "of low rank", divided by a spread per cell,
/// and whatever is linear in it - keys, queries, values, the first layer of the up-scaler - is a sum of the two as well: the first is computed once an image
/// (<see cref="FoldedImageSide"/>), the second for the rows of M instead of for the cells. The variance of a sum is that of its parts and of their products.
/// All rows are held without their means over the channels, because both normalisations take the means away.
/// </remarks>
internal sealed class FoldedDecoder
{
    /// <summary>Sparse prompts that it takes: a click with its padding, or the corners of a box.</summary>
    public const int Points = 2;

    private readonly GraphBuilder _g;
    private readonly SamConfig _config;
    private readonly IReadOnlyDictionary<string, Value> _image;
    private readonly int _rows;

    /// <param name="g">In the scope <c>mask_decoder</c>.</param>
    /// <param name="image">The tensors of <see cref="FoldedImageSide"/>.</param>
    /// <param name="config">The sizes; two layers.</param>
    /// <param name="tokens">T.</param>
    public FoldedDecoder(GraphBuilder g, IReadOnlyDictionary<string, Value> image, SamConfig config, int tokens)
    {
        (_g, _image, _config) = (g.Scope("transformer"), image, config);
        _rows = config.DecoderHeads * tokens;
    }

    /// <summary>Describes the two-way transformer.</summary>
    /// <param name="tokens">[P,T,C].</param>
    /// <returns>The tokens [P,T,C], and the image as the up-scaler wants it.</returns>
    public (Value Tokens, FoldedSum Image) Describe(Value tokens)
    {
        var (first, second) = (_g.Scope("layers.0"), _g.Scope("layers.1"));
        var queries = TwoWayTransformer.AskedThemselves(first, tokens, tokens, _config, isFirst: true);
        queries = TwoWayTransformer.Heard(first, queries, FirstLook(first.Scope("cross_attn_token_to_image"), _g.Add(queries, tokens)), _config);
        var said = Attention(first, "cross_attn_image_to_token");
        var (keys, values) = Told(said, queries, tokens);
        var shares = Shares(_g.MatMul(keys, _image["first.queries"])); // [P,HT,N]
        var rows = Rows(_g.MatMul(values, said.CentredOutput())); // [P,HT,C]
        var once = Once(shares, rows, values);

        queries = TwoWayTransformer.AskedThemselves(second, queries, tokens, _config, isFirst: false);
        queries = TwoWayTransformer.Heard(second, queries, Look(Attention(second, "cross_attn_token_to_image"), "second", queries, tokens, once), _config);
        said = Attention(second, "cross_attn_image_to_token");
        (keys, var newValues) = Told(said, queries, tokens);
        var newShares = Shares(once.Along(_g, keys, _image["second.queries"], _image["second.query_positions"], said, "q_proj"));
        var twice = Twice(once, newShares, Rows(_g.MatMul(newValues, said.CentredOutput())), values, newValues);

        var attended = Look(Attention(_g, "final_attn_token_to_image"), "last", queries, tokens, twice);
        return (_g.LayerNorm(_g.Add(queries, attended), "norm_final_attn", _config.DecoderLayerNormEpsilon), twice);
    }

    // All prompts still see the same image: to it their tokens are those of one prompt.
    private Value FirstLook(GraphBuilder attention, Value placed)
    {
        var (prompts, tokens, channels) = (placed.Shape[0], placed.Shape[1], placed.Shape[2]);
        var together = _g.Reshape(placed, 1, prompts.Times((int)tokens.Size!.Value), channels); // T is fixed when the graph is made
        var seen = TwoWayTransformer.See(attention, together, _image["first.keys"], _image["first.values"], _config);
        return _g.Reshape(seen, prompts, tokens, channels);
    }

    // The image after its first update: (u + A M) / spread, scaled.
    private FoldedSum Once(Value shares, Value rows, Value values)
    {
        var products = _g.Multiply(_g.MatMul(rows, _g.Transpose(rows, 0, 2, 1)), 1.0 / _config.PromptDim); // [P,HT,HT]
        var across = Rows(_g.MatMul(_g.Multiply(values, 2.0 / _config.PromptDim), _image["first.update"])); // [P,HT,N]
        var cells = (int)shares.Shape[2].Size!.Value; // the grid is of known size
        Value one = _g.Constant("one", [.. Enumerable.Repeat(1f, cells)], 1, 1, cells), nothing = _g.Constant("nothing", new float[_rows], 1, _rows, 1);
        var variance = _g.Add(_image["first.square"], Quadratic(shares, products, across, one, nothing));
        var layer = _g.Scope("layers.0");
        var scaled = _g.Multiply(rows, layer.Parameter("norm4.weight", _config.PromptDim));
        return new FoldedSum(shares, scaled, Image: null, Constant: null, Inverse(variance), FoldedNorm.BiasRow(layer, _config));
    }

    // The image after its second update: (w / first spread + [A1 / first spread, A2] [M1; M2] + constant) / second spread, scaled.
    private FoldedSum Twice(FoldedSum once, Value newShares, Value newRows, Value values, Value newValues)
    {
        var (first, second) = (_g.Scope("layers.0"), _g.Scope("layers.1"));
        double mean = 1.0 / _config.PromptDim;
        var shares = _g.Concat(1, _g.Multiply(once.Shares, once.Divisor), newShares); // [P,2HT,N]
        var centred = _g.Subtract(once.Rows, _g.Mean(once.Rows, [2]));
        var rows = _g.Concat(1, centred, newRows); // [P,2HT,C]
        var constant = FoldedNorm.Constant(first, second, _config); // [1,C,1]

        var products = _g.Multiply(_g.MatMul(rows, _g.Transpose(rows, 0, 2, 1)), mean);
        var along = _g.Multiply(_g.MatMul(rows, constant), 2 * mean); // [P,2HT,1]
        var told = _g.Multiply(_g.Concat(1, values, newValues), 2 * mean); // [P,2H,T,d]
        var across = _g.Reshape(_g.MatMul(told, _image["second.updates"]), shares.Shape[0], shares.Shape[1], shares.Shape[2]);
        var quadratic = Quadratic(shares, products, across, once.Divisor, along);
        var alone = _g.Multiply(once.Divisor, _g.Add(_g.Multiply(_image["second.square"], once.Divisor), _g.Multiply(_image["second.constant"], 2)));
        var variance = _g.Add(_g.Add(quadratic, alone), _g.Mean(_g.Multiply(constant, constant), [1])); // [P,1,N]

        var weight = second.Parameter("norm4.weight", _config.PromptDim);
        return new FoldedSum(shares, _g.Multiply(rows, weight), once.Divisor, FoldedNorm.ScaledConstant(first, second, _config), Inverse(variance), FoldedNorm.BiasRow(second, _config));
    }

    // Tokens look at the image; what they see, before it is added to them.
    private Value Look(FoldedAttention attention, string name, Value queries, Value tokens, FoldedSum image)
    {
        var asked = _g.Multiply(attention.OfTokens("q_proj", _g.Add(queries, tokens)), attention.Scale); // [P,H,T,d]
        var scores = image.Along(_g, asked, _image[$"{name}.keys"], _image[$"{name}.key_positions"], attention, "k_proj");
        return attention.Output(image.Gather(_g, _g.Softmax(scores), _image[$"{name}.values"], attention, "v_proj"));
    }

    private (Value Keys, Value Values) Told(FoldedAttention attention, Value queries, Value tokens) =>
        (_g.Multiply(attention.OfTokens("k_proj", _g.Add(queries, tokens)), attention.Scale), attention.OfTokens("v_proj", queries));

    // Softmax over the tokens of every head: [P,H,T,N] -> [P,HT,N].
    private Value Shares(Value scores) => Rows(_g.Softmax(scores, 2));

    // What the low-rank part brings to the variance, shares (products shares + across * factor + along), as one operation.
    private Value Quadratic(params Value[] operands)
    {
        var body = new GraphBuilder("quadratic");
        Value[] x = [.. operands.Select((operand, i) => body.Input($"operand{i}", [.. operand.Shape]))];
        var (shares, products, across, factor, along) = (x[0], x[1], x[2], x[3], x[4]);
        var sum = body.Add(body.Add(body.MatMul(products, shares), body.Multiply(across, factor)), along);
        body.Output("squares", body.Sum(body.Multiply(shares, sum), [1]));
        return _g.Apply("quadratic", new LowRankSquare(body.Build()), operands);
    }

    private Value Inverse(Value variance) => _g.Divide(_g.Number(1), _g.Sqrt(_g.Add(variance, _config.DecoderLayerNormEpsilon)));

    private Value Rows(Value byHead) => _g.Reshape(byHead, byHead.Shape[0], _rows, byHead.Shape[3]);

    private FoldedAttention Attention(GraphBuilder g, string name) => new(g.Scope(name), _config);
}
