using Maskwright.Cli.Inputs;
using Maskwright.Images;

namespace Maskwright.Cli.Running;

/// <summary>Reads the next image while the present one is worked on.</summary>
/// <param name="open">Reads an image, or fails with the reason; called on another thread as well.</param>
internal sealed class ImageAhead(Func<InputFile, OpenedImage> open)
{
    private (InputFile Input, Task<OpenedImage> Image)? _next;

    /// <summary>Begins to read an image.</summary>
    public void Begin(InputFile input) => _next = (input, Task.Run(() => open(input)));

    /// <summary>An image, read already or read now.</summary>
    /// <remarks>Where reading ahead failed it is tried again: memory that was short then may be there now, and what fails twice is told in the image's turn.</remarks>
    public OpenedImage Take(InputFile input)
    {
        var next = _next;
        _next = null;
        Wait(next?.Image);
        return next is { Image.IsCompletedSuccessfully: true } ready && ready.Input == input ? ready.Image.Result : open(input);
    }

    /// <summary>Waits for what was begun and drops it.</summary>
    public void Stop()
    {
        Wait(_next?.Image);
        _next = null;
    }

    private static void Wait(Task? task)
    {
        if (task is not null)
        {
            Task.WaitAny(task); // unlike Wait it does not throw
        }
    }
}

/// <summary>An image that was read.</summary>
/// <param name="Image">The image, upright.</param>
/// <param name="Elapsed">How long reading took.</param>
internal sealed record OpenedImage(RgbImage Image, TimeSpan Elapsed);
