namespace Maskwright.Graphs.Kernels;

/// <summary>Coefficients of 2^f, fitted by the Remez exchange to the least largest relative error, 7.5e-8 in exact arithmetic.</summary>
internal static class Exp2Polynomial
{
    /// <summary>For f in [0,1]: the fraction that a floor leaves.</summary>
    internal static class Floor
    {
        public const float C0 = 0.9999999251f;
        public const float C1 = 0.6931530732f;
        public const float C2 = 0.240153617f;
        public const float C3 = 0.05582631805f;
        public const float C4 = 0.008989340095f;
        public const float C5 = 0.001877576673f;
    }

    /// <summary>For f in [-0.5,0.5]: what rounding leaves.</summary>
    internal static class Round
    {
        public const float C0 = 1.000000072f;
        public const float C1 = 0.6931469671f;
        public const float C2 = 0.2402211972f;
        public const float C3 = 0.05550713274f;
        public const float C4 = 0.009675541334f;
        public const float C5 = 0.001327647198f;
    }
}
