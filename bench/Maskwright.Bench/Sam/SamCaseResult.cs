namespace Maskwright.Bench.Sam;

/// <summary>What one case took.</summary>
/// <param name="Seconds">Median wall time.</param>
/// <param name="ProcessorSeconds">Least processor time of all threads together.</param>
/// <param name="PeakMegabytes">The process's peak resident memory.</param>
/// <param name="GigaFlops">Arithmetic of the case; 0 where it is not counted.</param>
internal sealed record SamCaseResult(double Seconds, double ProcessorSeconds, double PeakMegabytes, double GigaFlops = 0);
