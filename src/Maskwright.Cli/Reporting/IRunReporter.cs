namespace Maskwright.Cli.Reporting;

/// <summary>Tells a person or a program what becomes of each image.</summary>
internal interface IRunReporter
{
    void Done(ImageOutcome outcome);

    void Skipped(string input, string reason);

    void Failed(string input, string reason);

    void Finished(int done, int skipped, int failed);
}
