// A SAM that OnnxWriter saved, under onnxruntime-node, with the usual pipeline: the encoder once, then clicks through the published decoder, many at a time.
// Usage: node sam.cjs FOLDER encoder|clicks|everything   (FOLDER holds encoder.onnx, decoder.onnx, image.f32, positions.f32; onnxruntime-node is found by NODE_PATH)
const fs = require("fs");
const path = require("path");
const ort = require("onnxruntime-node");

const side = 1024;
const [folder, stage] = process.argv.slice(2);

const floats = (name) => {
  const bytes = fs.readFileSync(path.join(folder, name));
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
};

async function measure(runs, action) {
  const seconds = [];
  let processor = Infinity;
  for (let i = 0; i < runs; i++) {
    const before = process.cpuUsage();
    const start = performance.now();
    await action();
    seconds.push((performance.now() - start) / 1e3);
    const used = process.cpuUsage(before);
    processor = Math.min(processor, (used.user + used.system) / 1e6);
  }
  seconds.sort((a, b) => a - b);
  return { Seconds: seconds[runs >> 1], ProcessorSeconds: processor, PeakMegabytes: process.resourceUsage().maxRSS / 1e3 };
}

function clicks(first, count) {
  const points = new Float32Array(count * 2);
  for (let i = 0; i < count; i++) {
    points[2 * i] = (((first + i) % 32) + 0.5) * 32;
    points[2 * i + 1] = (Math.floor((first + i) / 32) + 0.5) * 21;
  }
  return { point_coords: new ort.Tensor("float32", points, [count, 1, 2]), point_labels: new ort.Tensor("float32", new Float32Array(count).fill(1), [count, 1]) };
}

async function main() {
  const image = { image: new ort.Tensor("float32", floats("image.f32"), [1, 3, side, side]) };
  const encoder = await ort.InferenceSession.create(path.join(folder, "encoder.onnx"));
  const encode = async () => (await encoder.run(image)).image_embeddings;
  const embedding = await encode();
  if (stage === "encoder") {
    console.log(JSON.stringify(await measure(3, encode)));
    return;
  }
  const decoder = await ort.InferenceSession.create(path.join(folder, "decoder.onnx"));
  const positions = new ort.Tensor("float32", floats("positions.f32"), [1, 4096, 256]);
  const decode = (seen, first) => decoder.run({ image_embeddings: seen, image_positions: positions, ...clicks(first, 64) });
  await decode(embedding, 0);
  console.log(JSON.stringify(stage === "clicks" ? await measure(2, () => decode(embedding, 0)) : await measure(1, async () => {
    const seen = await encode();
    for (let first = 0; first < 1024; first += 64) {
      await decode(seen, first);
    }
  })));
}

main().catch((fault) => {
  console.error(fault.message);
  process.exit(1);
});
