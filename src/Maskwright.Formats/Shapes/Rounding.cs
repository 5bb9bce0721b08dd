namespace Maskwright.Formats.Shapes;

/// <summary>Tells rounding that someone could see from that of the last bits.</summary>
internal static class Rounding
{
    private const double SeenPixels = 1e-6;

    /// <summary>Takes the last bits off a coordinate that was multiplied by a side, so that 10.5 is not read as 10.499999999999998.</summary>
    public static double Cleaned(double coordinate) => Math.Round(coordinate, 9);

    /// <summary>Whether a number moved by more than a millionth of a pixel.</summary>
    public static bool IsSeen(ReadOnlySpan<double> written, ReadOnlySpan<double> reread)
    {
        for (var i = 0; i < written.Length; i++)
        {
            if (!(Math.Abs(written[i] - reread[i]) <= SeenPixels))
            {
                return true;
            }
        }

        return false;
    }
}
