using Maskwright.Training.Data;

namespace Maskwright.Training.Augmentation;

/// <summary>How training crops are varied; probabilities are per crop.</summary>
public sealed record AugmentationOptions
{
    /// <summary>The longest side to which a photo is brought before its scale is varied, in pixels: the side at which the network will be used.</summary>
    public int NominalSide { get; init; } = 512;

    /// <summary>The probability that the object a crop is placed around is drawn with all sizes alike rather than all objects.</summary>
    public double FocusSizesAlike { get; init; } = 0.5;

    /// <summary>The least factor on the nominal scale.</summary>
    public double MinScale { get; init; } = 0.45;

    /// <summary>The greatest factor on the nominal scale.</summary>
    public double MaxScale { get; init; } = 1.4;

    /// <summary>How much width and height may be scaled differently: 0.1 means by up to 10 %.</summary>
    public double AspectJitter { get; init; } = 0.1;

    /// <summary>The probability that left and right change places.</summary>
    public double Flip { get; init; } = 0.5;

    /// <summary>The probability that top and bottom change places: for pictures without an up, such as those of a microscope or from above.</summary>
    public double FlipVertical { get; init; }

    /// <summary>The probability of a turn by one, two or three right angles: for pictures without an up.</summary>
    public double QuarterTurn { get; init; }

    /// <summary>The probability of an elastic deformation (Ronneberger et al. 2015): smooth random shifts of image and masks together.</summary>
    public double Elastic { get; init; }

    /// <summary>How far the shifts of an elastic deformation go: their standard deviation in crop pixels.</summary>
    public double ElasticPixels { get; init; } = 10;

    /// <summary>The random vectors of an elastic deformation, across and down the crop; between them shifts are interpolated.</summary>
    public int ElasticKnots { get; init; } = 3;

    /// <summary>The probability of a small rotation.</summary>
    public double Rotation { get; init; } = 0.2;

    /// <summary>The largest rotation, in degrees.</summary>
    public double MaxRotationDegrees { get; init; } = 15;

    /// <summary>The probability of a change of brightness, contrast, saturation and colour balance.</summary>
    public double Colour { get; init; } = 0.7;

    /// <summary>The probability that colour is taken away.</summary>
    public double Grey { get; init; } = 0.08;

    /// <summary>The probability that colours are turned into their opposites or change places.</summary>
    public double Recolour { get; init; } = 0.04;

    /// <summary>The probability of a blur.</summary>
    public double Blur { get; init; } = 0.1;

    /// <summary>The probability of sensor noise.</summary>
    public double Noise { get; init; } = 0.08;

    /// <summary>The probability of marks of JPEG compression.</summary>
    public double Jpeg { get; init; } = 0.12;

    /// <summary>The probability that an object of another photo is pasted in.</summary>
    public double CopyPaste { get; init; } = 0.15;

    /// <summary>The probability that a crop is put together of four photos.</summary>
    public double Mosaic { get; init; } = 0.05;

    /// <summary>No variation at all but the choice of place: for tests and for overfitting.</summary>
    public static AugmentationOptions None { get; } = new()
    {
        MinScale = 1, MaxScale = 1, AspectJitter = 0, Flip = 0, FlipVertical = 0, QuarterTurn = 0, Elastic = 0, Rotation = 0, Colour = 0, Grey = 0, Recolour = 0, Blur = 0, Noise = 0, Jpeg = 0, CopyPaste = 0, Mosaic = 0,
    };

    /// <summary>Checks all values at once.</summary>
    /// <exception cref="ArgumentException">Some value is out of range; the message names all such.</exception>
    public void Validate()
    {
        double[] probabilities = [Flip, FlipVertical, QuarterTurn, Elastic, Rotation, Colour, Grey, Recolour, Blur, Noise, Jpeg, CopyPaste, Mosaic, FocusSizesAlike];
        var faults = new List<string>();
        Add(NominalSide < 32, $"nominalSide {NominalSide} is under 32");
        Add(!new ScaleRange(MinScale, MaxScale).IsValid, $"scales from {MinScale} to {MaxScale} are no range between 0 and 16");
        Add(!(AspectJitter is >= 0 and < 0.9), $"aspectJitter {AspectJitter} is not in [0, 0.9)");
        Add(!(MaxRotationDegrees is >= 0 and <= 180), $"maxRotationDegrees {MaxRotationDegrees} is not in [0, 180]");
        Add(!(ElasticPixels is >= 0 and <= 200), $"elasticPixels {ElasticPixels} is not in [0, 200]");
        Add(ElasticKnots is < 2 or > 32, $"elasticKnots {ElasticKnots} is not in [2, 32]");
        Add(probabilities.Any(p => !(p is >= 0 and <= 1)), "a probability of the augmentation is not in [0, 1]");
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults));
        }

        void Add(bool isWrong, string fault) => faults.AddRange(isWrong ? [fault] : []);
    }
}
