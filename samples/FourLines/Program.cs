// The four lines that the README quotes, with what they need around them: dotnet run --project samples/FourLines samples/photos/astronaut.jpg
using Maskwright.Formats.Coco;
using Maskwright.Formats.Images;
using Maskwright.Networks.Classic;
using Maskwright.PostProcessing;
using Maskwright.Segmentation;

using var segmenter = new ClassicSegmenter();
var cleanup = new MaskCleanup { MinHoleAreaPixels = 64, MinIslandAreaPixels = 64 };
var image = ImageReader.Read(args[0]);

// begin of the four lines
using var embedding = segmenter.Encode(image);
var proposals = segmenter.Decode(embedding, Prompt.Point(420, 310));
var masks = cleanup.Apply(proposals);
CocoWriter.Write(masks, "masks.json");
// end of the four lines
