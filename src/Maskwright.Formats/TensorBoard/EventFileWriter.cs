using System.Globalization;
using Google.Protobuf;
using Maskwright.Formats.Images;
using Maskwright.Formats.TensorBoard.Schema;
using Maskwright.Images;

namespace Maskwright.Formats.TensorBoard;

/// <summary>Writes numbers and pictures of a run to an event file, which TensorBoard shows while it grows.</summary>
/// <remarks>
/// The file is <c>events.out.tfevents.SECONDS.maskwright</c> in the run's folder. Each start of a run writes a file of its own and says at which step it begins;
/// TensorBoard then forgets what an earlier file says of later steps. Every call ends with whole records in the file. Not safe for use by several threads.
/// </remarks>
public sealed class EventFileWriter : IDisposable
{
    private const string FileVersion = "brain.Event:2";
    private const int Rgb = 3;
    private const int JpegQuality = 85; // a judgement every few minutes would fill a disk with lossless pictures

    private readonly FileStream _file;

    /// <summary>Begins a file.</summary>
    /// <param name="folder">The run's folder; it must exist.</param>
    /// <param name="now">When the run starts; part of the name.</param>
    /// <param name="step">Steps done; TensorBoard forgets later steps of earlier files.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public EventFileWriter(string folder, DateTimeOffset now, long step)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _file = Create(folder, now.ToUnixTimeSeconds());
        Write(new Event { WallTime = Seconds(now), FileVersion = FileVersion });
        Write(new Event { WallTime = Seconds(now), Step = step, SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start } });
        _file.Flush();
    }

    /// <summary>The file.</summary>
    public string Path => _file.Name;

    /// <summary>Writes numbers of a step.</summary>
    /// <param name="now">When they were measured.</param>
    /// <param name="step">Steps done.</param>
    /// <param name="scalars">Tags, such as <c>loss/focal</c>, with values; what is no finite number is left out.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteScalars(DateTimeOffset now, long step, IEnumerable<KeyValuePair<string, double>> scalars)
    {
        ArgumentNullException.ThrowIfNull(scalars);
        var summary = new Summary();
        summary.Value.AddRange(scalars.Where(scalar => double.IsFinite(scalar.Value)).Select(scalar => new Summary.Types.Value { Tag = scalar.Key, SimpleValue = (float)scalar.Value }));
        Write(new Event { WallTime = Seconds(now), Step = step, Summary = summary });
        _file.Flush();
    }

    /// <summary>Writes a picture of a step, as JPEG.</summary>
    /// <param name="now">When it was made.</param>
    /// <param name="step">Steps done.</param>
    /// <param name="tag">Its tag, such as <c>examples/dog.jpg</c>.</param>
    /// <param name="picture">The picture.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WritePicture(DateTimeOffset now, long step, string tag, RgbImage picture)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        ArgumentNullException.ThrowIfNull(picture);
        var image = new Summary.Types.Image { Width = picture.Width, Height = picture.Height, Colorspace = Rgb, EncodedImageString = ByteString.CopyFrom(ImageWriter.EncodeJpeg(picture, JpegQuality)) };
        var summary = new Summary();
        summary.Value.Add(new Summary.Types.Value { Tag = tag, Image = image });
        Write(new Event { WallTime = Seconds(now), Step = step, Summary = summary });
        _file.Flush();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    // Two starts within a second have names of their own.
    private static FileStream Create(string folder, long seconds)
    {
        for (var turn = 0; ; turn++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds:0000000000}.maskwright{(turn == 0 ? string.Empty : $".{turn}")}");
            var path = System.IO.Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
            }
        }
    }

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private void Write(Event record) => RecordFraming.Write(_file, record.ToByteArray());
}
