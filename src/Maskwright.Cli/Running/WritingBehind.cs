namespace Maskwright.Cli.Running;

/// <summary>Writes one image's results while the next image is worked on, and tells of them in the order of the images.</summary>
/// <param name="tellsAtOnce">Whether lines may come while the next image is worked on; false where they would tear a progress bar.</param>
internal sealed class WritingBehind(bool tellsAtOnce)
{
    private Task<Action> _writing = Task.FromResult<Action>(() => { });

    /// <summary>Begins to write; waits for the image before, if that is still being written.</summary>
    /// <param name="write">Writes, and returns what tells of it.</param>
    public void Begin(Func<Action> write)
    {
        Settle();
        _writing = Task.Run(() =>
        {
            var tell = write();
            if (!tellsAtOnce)
            {
                return tell;
            }

            tell();
            return () => { };
        });
    }

    /// <summary>Waits until everything is written and told.</summary>
    /// <exception cref="IOException">Nothing more can be written.</exception>
    public void Settle()
    {
        var writing = _writing;
        _writing = Task.FromResult<Action>(() => { });
        writing.GetAwaiter().GetResult()();
    }
}
