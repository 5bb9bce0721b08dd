namespace Maskwright.Graphs.Operations;

/// <summary>Several operations as one, for engines that have a kernel for them; <see cref="Graph.WrittenOut"/> puts the parts in its place for those that have none.</summary>
/// <param name="Body">The parts: as many inputs as there are operands, in their order and of their shapes; no parameters; made for one place of one graph.</param>
public abstract record CompositeOperation(Graph Body) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        Require(inputs.Select(i => i.Type.Shape).SequenceEqual(Body.Inputs.Select(i => i.Type.Shape)), $"{Body.Name} takes {string.Join(", ", Body.Inputs)}, not {string.Join(", ", inputs)}");
        return [.. Body.Outputs.Values.Select(output => output.Type)];
    }

    /// <inheritdoc/>
    public override OperationCost Cost(IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs) =>
        Body.Nodes.Aggregate(default(OperationCost), (sum, node) => sum + node.Operation.Cost(node.Inputs, node.Outputs));
}

/// <summary>SAM's up-scaler, from what a prompt adds to an image to mask logits [P,M,4s,4s].</summary>
/// <param name="Body">
/// The parts. Operands: shares [P,R,N], rows [P,C,R], factor of the image [P,1,N], divisor [P,1,N], the image's part [1,C,N], what is added before [1,C,1] and after the division [1,C,1],
/// the normalisation's weight and bias [C/4], the second layer [4*C/8,C/4] and its bias [C/8], filters [P,M,C/8].
/// </param>
/// <param name="Side">s, cells along a side; N = s*s.</param>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record UpscaledMaskLogits(Graph Body, int Side, double Epsilon) : CompositeOperation(Body);

/// <summary>A quadratic function of every column a of shares: a (G a + across * factor + along), [P,1,N].</summary>
/// <param name="Body">The parts. Operands: shares [P,R,N], G [P,R,R], across [P,R,N], factor [1 or P,1,N], along [1 or P,R,1].</param>
public sealed record LowRankSquare(Graph Body) : CompositeOperation(Body);

/// <summary>
/// Products of vectors with an image that prompts have added something to, [P,H,T,N]: (vectors image * factor + mixed shares + constant) * divisor + vectors positions.
/// </summary>
/// <param name="Body">
/// The parts. Operands: vectors [P,H,T,d], image [1,H,d,N], positions [1,H,d,N], mixed [P,H*T,R], shares [P,R,N], factor [1 or P,1,N], constant [1 or P,H*T,1], divisor [P,1,N].
/// </param>
public sealed record LowRankScore(Graph Body) : CompositeOperation(Body);
