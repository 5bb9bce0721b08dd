using System.Text;
using System.Text.Json;
using Maskwright.Formats.Amg;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Formats.Tests.Amg;

/// <summary>Records of the reference, put through our writers, must come out as the reference's own program prints them.</summary>
[Trait("Kind", "parity")]
public sealed class AmgParityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Cases { get; } =
    [
        "grid8_crop0", "grid8_crop1", "grid8_minarea", "grid16_crop0", "grid16_crop1_minarea", "grid8_offset03_batch10", "grid8_fulljpg", "grid8_none_survive",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_json_list_is_byte_for_byte_the_references(string name)
    {
        var records = Records(name);
        var expected = $"[{string.Join(", ", records.Select(Json))}]";

        var path = Assert.Single(new AmgJsonWriter().Write(Request(records)));

        Assert.Equal(_folder.File("photo.json"), path);
        Assert.Equal(expected, File.ReadAllText(path));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_table_is_byte_for_byte_the_references(string name)
    {
        var records = Records(name);
        var expected = "id,area,bbox_x0,bbox_y0,bbox_w,bbox_h,point_input_x,point_input_y,predicted_iou,stability_score,"
            + "crop_box_x0,crop_box_y0,crop_box_w,crop_box_h" + string.Concat(records.Select((record, i) => "\n" + Row(record, i)));

        var path = Assert.Single(new AmgFolderWriter().Write(Request(records)));

        Assert.Equal(expected, File.ReadAllText(Path.Combine(path, "metadata.csv")));
        Assert.Equal(records.Count + 1, Directory.GetFiles(path).Length);
    }

    [Fact]
    public void Uncompressed_run_lengths_are_the_compressed_ones_in_full()
    {
        var records = Records("grid8_crop0");

        var path = Assert.Single(new AmgJsonWriter { Segmentation = AmgSegmentation.UncompressedRle }.Write(Request(records)));

        using var written = JsonDocument.Parse(File.ReadAllText(path));
        foreach (var (record, actual) in records.Zip(written.RootElement.EnumerateArray()))
        {
            var counts = actual.GetProperty("segmentation").GetProperty("counts").EnumerateArray().Select(count => count.GetUInt32()).ToArray();
            Assert.Equal(record.GetProperty("counts").GetString(), RunLengthMask.FromCounts(Size(record), counts).ToCocoString());
        }
    }

    private static List<JsonElement> Records(string name)
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Goldens.Open("sam_amg", name + ".json")));
        return [.. golden.RootElement.GetProperty("outputs").GetProperty("masks").EnumerateArray().Select(record => record.Clone())];
    }

    private MaskWriteRequest Request(List<JsonElement> records)
    {
        var size = records.Count == 0 ? new ImageSize(2, 2) : Size(records[0]);
        return new MaskWriteRequest
        {
            Image = new RgbImage(size.Width, size.Height, new byte[size.PixelCount * 3]),
            ImagePath = "photo.png",
            Proposals = [.. records.Select(Proposal)],
            OutputFolder = _folder.Path,
        };
    }

    private static ImageSize Size(JsonElement record) => new(record.GetProperty("size")[1].GetInt32(), record.GetProperty("size")[0].GetInt32());

    private static MaskProposal Proposal(JsonElement record)
    {
        var (point, crop) = (record.GetProperty("point"), record.GetProperty("crop_box"));
        return new MaskProposal(RunLengthMask.FromCocoString(Size(record), record.GetProperty("counts").GetString()), record.GetProperty("predicted_iou").GetDouble())
        {
            StabilityScore = record.GetProperty("stability_score").GetDouble(),
            PromptPoint = new PixelPoint(point[0].GetDouble(), point[1].GetDouble()),
            CropBox = new PixelRect(crop[0].GetInt32(), crop[1].GetInt32(), crop[2].GetInt32(), crop[3].GetInt32()),
        };
    }

    // The numbers' text in the golden file is what Python's json.dump printed.
    private static string Json(JsonElement record)
    {
        var text = new StringBuilder("{\"segmentation\": {\"size\": ").Append(List(record.GetProperty("size")));
        text.Append(", \"counts\": ").Append(record.GetProperty("counts").GetRawText());
        text.Append("}, \"area\": ").Append(record.GetProperty("area").GetRawText());
        text.Append(", \"bbox\": ").Append(List(record.GetProperty("bbox")));
        text.Append(", \"predicted_iou\": ").Append(record.GetProperty("predicted_iou").GetRawText());
        text.Append(", \"point_coords\": [").Append(List(record.GetProperty("point")));
        text.Append("], \"stability_score\": ").Append(record.GetProperty("stability_score").GetRawText());
        return text.Append(", \"crop_box\": ").Append(List(record.GetProperty("crop_box"))).Append('}').ToString();
    }

    private static string Row(JsonElement record, int id) => string.Join(
        ',',
        [
            $"{id}",
            record.GetProperty("area").GetRawText(),
            .. Items(record.GetProperty("bbox")),
            .. Items(record.GetProperty("point")),
            record.GetProperty("predicted_iou").GetRawText(),
            record.GetProperty("stability_score").GetRawText(),
            .. Items(record.GetProperty("crop_box")),
        ]);

    private static string List(JsonElement list) => $"[{string.Join(", ", Items(list))}]";

    private static IEnumerable<string> Items(JsonElement list) => list.EnumerateArray().Select(item => item.GetRawText());
}
