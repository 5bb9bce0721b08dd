using Maskwright.Geometry;
using Maskwright.Images;

namespace Maskwright.PostProcessing;

/// <summary>Finds how much of every unknown pixel belongs to the object, from the image and what is known around it.</summary>
/// <remarks>
/// Levin, Lischinski, Weiss 2008, "A closed-form solution to natural image matting"; the matrix is never built, its products come from box sums (He, Sun, Tang
/// 2010). Conjugate gradients with the diagonal as preconditioner. Deviation: known pixels are fixed rather than weighted.
/// </remarks>
public static class ClosedFormMatting
{
    /// <summary>Solves for alpha.</summary>
    /// <param name="image">The image.</param>
    /// <param name="trimap">What is known, of the image's size; with at least one known pixel.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="cancellation">Looked at in every round.</param>
    /// <returns>Alpha: 1 and 0 where known, solved for elsewhere, cut to [0,1].</returns>
    /// <exception cref="ArgumentException">The sizes differ, nothing is known, or the image is smaller than a window.</exception>
    public static SoftMask Solve(RgbImage image, Trimap trimap, ClosedFormMattingOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(trimap);
        options ??= new ClosedFormMattingOptions();
        Check(image, trimap, options);
        var alpha = SoftMask.FromMask(trimap.Foreground).Values.ToArray();
        var unknown = trimap.Unknown.Bounds();
        if (!unknown.IsEmpty)
        {
            var part = Around(unknown, image.Size, 2 * options.RadiusPixels);
            var problem = new MattingProblem(image.Crop(part), trimap, part, options);
            var solved = problem.Solve(alpha, image.Width, cancellation);
            for (var i = 0; i < solved.Length; i++)
            {
                alpha[((part.Y + (i / part.Width)) * image.Width) + part.X + (i % part.Width)] = (float)Math.Clamp(solved[i], 0, 1);
            }
        }

        return new SoftMask(image.Size, alpha);
    }

    private static PixelRect Around(PixelRect unknown, ImageSize size, int margin)
    {
        var (left, top) = (Math.Max(0, unknown.X - margin), Math.Max(0, unknown.Y - margin));
        var (right, bottom) = (Math.Min(size.Width, unknown.Right + margin), Math.Min(size.Height, unknown.Bottom + margin));
        return new PixelRect(left, top, right - left, bottom - top);
    }

    private static void Check(RgbImage image, Trimap trimap, ClosedFormMattingOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.RadiusPixels, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Epsilon, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.RelativeTolerance, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxIterations, nameof(options));
        var side = (2 * options.RadiusPixels) + 1;
        if (image.Size != trimap.Size || image.Width < side || image.Height < side)
        {
            throw new ArgumentException($"An image of {image.Size} needs a trimap of that size, not {trimap.Size}, and at least {side} pixels a side.", nameof(trimap));
        }

        if (trimap.Unknown.Area() == image.Size.PixelCount)
        {
            throw new ArgumentException("The trimap knows no pixel.", nameof(trimap));
        }
    }
}
