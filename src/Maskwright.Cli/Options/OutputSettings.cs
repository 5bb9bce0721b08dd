using Maskwright.Formats;

namespace Maskwright.Cli.Options;

/// <summary>What to write, and where.</summary>
internal sealed record OutputSettings(string Folder, IReadOnlyList<IMaskWriter> Writers, bool Overwrite, bool SkipExisting, bool Show);
