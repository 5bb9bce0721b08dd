using System.CommandLine;

namespace Maskwright.Cli.Options;

/// <summary>Where photos lie, for pictures of worst cases.</summary>
internal static class ImageFolderOption
{
    public static Option<string?> Create()
    {
        var option = new Option<string?>("--images") { Description = "The folder of the images, for pictures of worst cases.", HelpName = "folder" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !Directory.Exists(result.Tokens[0].Value))
            {
                result.AddError($"--images {result.Tokens[0].Value}: there is no such folder.");
            }
        });
        return option;
    }
}
