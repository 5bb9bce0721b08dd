namespace Maskwright.Cli.Reporting;

/// <summary>Puts lines on standard output and standard error, at once: whoever reads them through a pipe need not wait for the end.</summary>
internal sealed class Speaker(Surroundings surroundings)
{
    public void Say(string line) => Put(line, surroundings.Out);

    public void Complain(string line) => Put(line, surroundings.Error);

    private static void Put(string line, TextWriter stream)
    {
        stream.WriteLine(line);
        stream.Flush();
    }
}
