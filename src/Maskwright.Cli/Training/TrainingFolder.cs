using Maskwright.Training.Recipes;

namespace Maskwright.Cli.Training;

/// <summary>The folder of a run: its recipe, its logs, its checkpoints, its page.</summary>
internal sealed class TrainingFolder(string path)
{
    public string Path => path;

    public string Recipe => System.IO.Path.Combine(path, "recipe.yaml");

    public string Log => System.IO.Path.Combine(path, "log.jsonl");

    public string Report => System.IO.Path.Combine(path, "report.html");

    public string Examples => System.IO.Path.Combine(path, "examples");

    public string Judgements => System.IO.Path.Combine(path, "validation.jsonl");

    public string Checkpoint => Maskwright.Training.Running.Checkpoint.PathIn(path);

    /// <summary>Makes the folder ready for a new run or one that goes on.</summary>
    /// <exception cref="ToolException">A new run would write over an old one, or there is nothing to resume.</exception>
    public void Prepare(bool resumes)
    {
        if (resumes && !File.Exists(Checkpoint))
        {
            throw new ToolException(ExitCode.Usage, $"{path}: there is no checkpoint to resume; leave --resume out to begin");
        }

        if (!resumes && File.Exists(Checkpoint))
        {
            throw new ToolException(ExitCode.Output, $"{path}: holds a run already; add --resume to go on with it, or choose another --output");
        }

        Directory.CreateDirectory(path);
        RemoveHalfWritten();
    }

    /// <summary>Writes down how the run goes.</summary>
    public void Keep(TrainingRecipe recipe) =>
        Formats.AtomicFile.Write(Recipe, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(RecipeFile.ToYaml(recipe))));

    // What a run that was killed was writing: its files' names end in a number of 128 bits and tmp.
    private void RemoveHalfWritten()
    {
        foreach (var file in Directory.EnumerateFiles(path, "*.tmp").Where(file => Guid.TryParseExact(System.IO.Path.GetFileName(file).Split('.')[^2], "N", out _)))
        {
            File.Delete(file);
        }
    }
}
