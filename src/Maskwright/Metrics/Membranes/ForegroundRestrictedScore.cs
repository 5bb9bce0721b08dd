using System.Runtime.InteropServices;
using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>How well a division into cells agrees with the true one, where the truth has cells: the scores of the ISBI 2012 challenge, higher is better.</summary>
/// <remarks>
/// Arganda-Carreras et al. 2015, "Crowdsourcing the creation of image segmentation algorithms for connectomics". With p_ij the share of the true cells' pixels that
/// lie in proposed cell i and true cell j, s_i and t_j its sums: Rand split is sum p² / sum t², Rand merge sum p² / sum s²; information split is I / H(s), information
/// merge I / H(t). Pixels that the proposal calls membrane (0) inside true cells are each a cell of their own, as in the challenge's own program.
/// </remarks>
public sealed class ForegroundRestrictedScore
{
    /// <summary>Compares two divisions.</summary>
    /// <param name="truth">A cell's number a pixel; 0 is membrane and does not count.</param>
    /// <param name="proposal">A cell's number a pixel, 0 is membrane; of the same size. See <see cref="BorderThinning"/>.</param>
    /// <exception cref="ArgumentException">The sizes differ, or the truth has no cell.</exception>
    public ForegroundRestrictedScore(LabelMap truth, LabelMap proposal)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(proposal);
        if (truth.Size != proposal.Size)
        {
            throw new ArgumentException($"Both must have one size; they have {truth.Size} and {proposal.Size}.", nameof(proposal));
        }

        var (shared, trueCells, proposedCells, single) = Count(truth.Labels, proposal.Labels);
        var pixels = (double)trueCells.Values.Sum();
        if (pixels == 0)
        {
            throw new ArgumentException("The truth has no cell, only membrane.", nameof(truth));
        }

        double[] p = Shares(shared.Values), t = Shares(trueCells.Values), s = Shares(proposedCells.Values);
        var alone = single / pixels; // each of these pixels is a cell of 1 / pixels
        var (sumP, sumS, sumT) = (Squares(p) + (alone / pixels), Squares(s) + (alone / pixels), Squares(t));
        (RandSplit, RandMerge, Rand) = (sumP / sumT, sumP / sumS, 2 * sumP / (sumS + sumT));
        var (entropyP, entropyS, entropyT) = (Entropy(p) + (alone * Math.Log2(pixels)), Entropy(s) + (alone * Math.Log2(pixels)), Entropy(t));
        var information = Math.Max(0, entropyS + entropyT - entropyP);
        (InformationSplit, InformationMerge, Information) = (Share(information, entropyS), Share(information, entropyT), Share(2 * information, entropyS + entropyT));

        double[] Shares(IEnumerable<long> counts) => [.. counts.Select(count => count / pixels)];
    }

    /// <summary>V_rand: the harmonic mean of <see cref="RandSplit"/> and <see cref="RandMerge"/>, in [0,1].</summary>
    public double Rand { get; }

    /// <summary>The share of pixel pairs of one true cell that the proposal keeps together: less where cells are split.</summary>
    public double RandSplit { get; }

    /// <summary>The share of pixel pairs of one proposed cell that truly belong together: less where cells are merged.</summary>
    public double RandMerge { get; }

    /// <summary>V_info: the harmonic mean of <see cref="InformationSplit"/> and <see cref="InformationMerge"/>, in [0,1].</summary>
    public double Information { get; }

    /// <summary>What the proposal tells of the truth, as a share of what it tells at all: less where cells are split. 1 where the proposal is one cell.</summary>
    public double InformationSplit { get; }

    /// <summary>What the proposal tells of the truth, as a share of all there is to tell: less where cells are merged. 1 where the truth is one cell.</summary>
    public double InformationMerge { get; }

    private static (Dictionary<(int, int), long> Shared, Dictionary<int, long> Truth, Dictionary<int, long> Proposal, long Single) Count(ReadOnlySpan<int> truth, ReadOnlySpan<int> proposal)
    {
        var (shared, trueCells, proposedCells, single) = (new Dictionary<(int, int), long>(), new Dictionary<int, long>(), new Dictionary<int, long>(), 0L);
        for (int start = 0, end; start < truth.Length; start = end)
        {
            for (end = start + 1; end < truth.Length && truth[end] == truth[start] && proposal[end] == proposal[start];)
            {
                end++;
            }

            if (truth[start] == 0)
            {
                continue;
            }

            CollectionsMarshal.GetValueRefOrAddDefault(trueCells, truth[start], out _) += end - start;
            if (proposal[start] == 0)
            {
                single += end - start;
                continue;
            }

            CollectionsMarshal.GetValueRefOrAddDefault(shared, (truth[start], proposal[start]), out _) += end - start;
            CollectionsMarshal.GetValueRefOrAddDefault(proposedCells, proposal[start], out _) += end - start;
        }

        return (shared, trueCells, proposedCells, single);
    }

    private static double Squares(double[] shares) => shares.Sum(share => share * share);

    private static double Entropy(double[] shares) => -shares.Sum(share => share * Math.Log2(share));

    private static double Share(double part, double whole) => whole > 0 ? part / whole : 1;
}
