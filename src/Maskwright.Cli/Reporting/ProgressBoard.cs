using Maskwright.Segmentation;
using Spectre.Console;

namespace Maskwright.Cli.Reporting;

/// <summary>Bars for long work, on standard error and only in front of a person.</summary>
internal sealed class ProgressBoard
{
    private readonly ProgressContext? _context;

    private ProgressBoard(ProgressContext? context) => _context = context;

    /// <summary>The console that bars are drawn on; null when nobody would see them.</summary>
    public static IAnsiConsole? ConsoleFor(Surroundings surroundings, bool isQuiet) =>
        isQuiet || !surroundings.ErrorIsTerminal || surroundings.Variable("TERM") == "dumb"
            ? null
            : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(surroundings.Error), Interactive = InteractionSupport.Yes, Ansi = AnsiSupport.Yes });

    /// <summary>Does the work with a board to report to; without a console the board is blank.</summary>
    public static T Run<T>(IAnsiConsole? console, Func<ProgressBoard, T> work) => console is null
        ? work(new ProgressBoard(null))
        : Display(console).Start(context => work(new ProgressBoard(context)));

    /// <summary>The same for work that waits.</summary>
    public static Task<T> RunAsync<T>(IAnsiConsole? console, Func<ProgressBoard, Task<T>> work) => console is null
        ? work(new ProgressBoard(null))
        : Display(console).StartAsync(context => work(new ProgressBoard(context)));

    private static Progress Display(IAnsiConsole console) => console.Progress().AutoClear(true).HideCompleted(true)
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn());

    /// <summary>Shows how many images are dealt with; a single one needs no bar for that.</summary>
    public void ShowAll(int done, int images)
    {
        if (_context is not null && images > 1)
        {
            _context.AddTask($"image {done + 1} of {images}", maxValue: images).Value = done;
        }
    }

    /// <summary>A bar for one image, gone when disposed.</summary>
    public Bar Add(string name) => new(_context?.AddTask(Markup.Escape(name), autoStart: true));

    /// <summary>The bar of one image.</summary>
    internal sealed class Bar(ProgressTask? task) : IProgress<GenerationProgress>, IDisposable
    {
        private readonly string _name = task?.Description ?? string.Empty;

        public void Report(GenerationProgress value)
        {
            if (task is not null)
            {
                task.MaxValue = Math.Max(1, value.Total);
                task.Value = value.Done;
                task.Description = $"{_name}: {Markup.Escape(value.Stage)}";
            }
        }

        public void Report(string stage, double done, double total)
        {
            if (task is not null)
            {
                task.MaxValue = Math.Max(1, total);
                task.Value = done;
                task.Description = $"{_name}: {Markup.Escape(stage)}";
            }
        }

        public void Dispose()
        {
            if (task is not null)
            {
                task.Value = task.MaxValue;
                task.StopTask();
            }
        }
    }
}
