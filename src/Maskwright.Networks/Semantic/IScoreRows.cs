namespace Maskwright.Networks.Semantic;

/// <summary>Takes the scores of an image a few rows at a time.</summary>
internal interface IScoreRows
{
    /// <summary>Takes rows.</summary>
    /// <param name="top">The first of them in the image.</param>
    /// <param name="count">How many.</param>
    /// <param name="scores">For every class a plane whose first rows they are, W numbers a row; not kept.</param>
    /// <param name="plane">How many numbers a plane holds.</param>
    void Take(int top, int count, float[] scores, int plane);
}
