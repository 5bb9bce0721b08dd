using System.Reflection;
using Maskwright.Cli.Tests.Architecture;
using Xunit;

namespace Maskwright.Cli.Tests;

/// <summary>Who may know whom, read from the metadata of the built assemblies. docs/decisions/0006.</summary>
[Trait("Kind", "architecture")]
public class ArchitectureTests
{
    private const string Vocabulary = "Maskwright", Formats = "Maskwright.Formats", Graphs = "Maskwright.Graphs", Networks = "Maskwright.Networks", Training = "Maskwright.Training", Cli = "Maskwright.Cli";

    [Theory]
    [InlineData(Vocabulary)]
    [InlineData(Formats, Vocabulary)]
    [InlineData(Graphs, Vocabulary)]
    [InlineData(Networks, Vocabulary, Graphs)]
    [InlineData(Training, Vocabulary, Graphs, Networks)]
    public void A_room_knows_only_its_neighbours(string room, params string[] neighbours)
    {
        var known = AssemblyMetadata.Open(room).References.Where(name => name.StartsWith(Vocabulary, StringComparison.Ordinal));

        Assert.Subset(neighbours.ToHashSet(), known.ToHashSet());
    }

    [Fact]
    public void The_vocabulary_has_no_packages()
    {
        Assert.All(AssemblyMetadata.Open(Vocabulary).References, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Onnx_runtime_appears_only_in_its_own_namespace()
    {
        Assert.DoesNotContain("Microsoft.ML.OnnxRuntime", AssemblyMetadata.Open(Formats).References);
        Assert.DoesNotContain("Microsoft.ML.OnnxRuntime", AssemblyMetadata.Open(Networks).References);

        Assert.DoesNotContain("Microsoft.ML.OnnxRuntime", AssemblyMetadata.Open(Training).References);

        var users = AssemblyMetadata.Open(Graphs).TypesThatUse("Microsoft.ML.OnnxRuntime");

        Assert.NotEmpty(users);
        Assert.All(users, type => Assert.StartsWith("Maskwright.Graphs.Onnx.", type, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Vocabulary)]
    [InlineData(Formats)]
    [InlineData(Graphs)]
    [InlineData(Networks)]
    [InlineData(Cli)]
    public void Torch_appears_only_where_learning_happens(string room)
    {
        Assert.DoesNotContain("TorchSharp", AssemblyMetadata.Open(room).References);
        Assert.Contains("TorchSharp", AssemblyMetadata.Open(Training).References);
    }

    [Theory]
    [InlineData(Vocabulary)]
    [InlineData(Formats)]
    [InlineData(Graphs)]
    [InlineData(Networks)]
    [InlineData(Training)]
    public void No_library_speaks_to_the_console_or_the_command_line(string room)
    {
        var references = AssemblyMetadata.Open(room).References;

        Assert.DoesNotContain("System.Console", references);
        Assert.DoesNotContain("System.CommandLine", references);
        Assert.DoesNotContain("Spectre.Console", references);
    }

    [Theory]
    [InlineData(Vocabulary)]
    [InlineData(Formats)]
    public void No_tensor_stands_in_a_public_signature(string room)
    {
        var types = Assembly.Load(room).GetExportedTypes().SelectMany(PublicSignatures.TypesOf).Distinct();

        Assert.DoesNotContain(types, type => type.Name.Contains("Tensor", StringComparison.Ordinal));
    }

    [Fact]
    public void No_type_of_onnx_runtime_stands_in_a_public_signature()
    {
        var types = Assembly.Load(Graphs).GetExportedTypes().SelectMany(PublicSignatures.TypesOf).Distinct();

        Assert.DoesNotContain(types, type => type.Namespace?.StartsWith("Microsoft.ML", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData(Vocabulary)]
    [InlineData(Formats)]
    [InlineData(Graphs)]
    [InlineData(Networks)]
    [InlineData(Training)]
    public void Names_that_say_nothing_are_not_used(string room)
    {
        string[] empty = ["Utils", "Utility", "Utilities", "Helper", "Helpers", "Manager", "Common", "Misc"];

        Assert.All(Assembly.Load(room).GetTypes().Where(type => type.Namespace?.StartsWith(Vocabulary, StringComparison.Ordinal) == true), type => Assert.DoesNotContain(empty, word => type.Name.EndsWith(word, StringComparison.Ordinal)));
    }
}
