using Spectre.Console;

namespace Maskwright.Cli.Reporting;

/// <summary>Puts lines on standard output and standard error, above a progress display where one is drawn on the same terminal.</summary>
internal sealed class Speaker(Surroundings surroundings, IAnsiConsole? live)
{
    private readonly Lock _lock = new();

    public void Say(string line) => Put(line, surroundings.Out, surroundings.OutIsTerminal);

    public void Complain(string line) => Put(line, surroundings.Error, surroundings.ErrorIsTerminal);

    private void Put(string line, TextWriter stream, bool isTerminal)
    {
        lock (_lock)
        {
            if (live is not null && isTerminal)
            {
                live.Write(new Text(line + Environment.NewLine));
                return;
            }

            stream.WriteLine(line);
            stream.Flush();
        }
    }
}
