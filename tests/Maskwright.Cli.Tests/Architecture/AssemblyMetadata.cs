using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Maskwright.Cli.Tests.Architecture;

/// <summary>What the metadata of a built assembly says about whom it knows; nothing of it runs.</summary>
internal sealed class AssemblyMetadata
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    private AssemblyMetadata(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
    }

    /// <summary>Reads an assembly that lies beside the tests.</summary>
    public static AssemblyMetadata Open(string name) =>
        new(new PEReader(new MemoryStream(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, $"{name}.dll")))));

    /// <summary>The assemblies that this one refers to.</summary>
    public IReadOnlyList<string> References =>
        [.. _metadata.AssemblyReferences.Select(handle => _metadata.GetString(_metadata.GetAssemblyReference(handle).Name))];

    /// <summary>The types of this assembly that use types of another one: as a base, in a field or signature, as a local, or in code. Full names; nested types by the outermost.</summary>
    public IReadOnlySet<string> TypesThatUse(string assembly) => _metadata.TypeDefinitions
        .Where(handle => Uses(_metadata.GetTypeDefinition(handle)).Contains(assembly))
        .Select(FullName).ToHashSet();

    private HashSet<string> Uses(TypeDefinition type)
    {
        var found = new HashSet<string>();
        var decoder = new AssembliesInSignature(_metadata);
        Add(type.BaseType);
        foreach (var handle in type.GetInterfaceImplementations())
        {
            Add(_metadata.GetInterfaceImplementation(handle).Interface);
        }

        foreach (var handle in type.GetFields())
        {
            found.UnionWith(_metadata.GetFieldDefinition(handle).DecodeSignature(decoder, null));
        }

        foreach (var handle in type.GetMethods())
        {
            AddMethod(_metadata.GetMethodDefinition(handle));
        }

        return found;

        void Add(EntityHandle handle) => found.UnionWith(decoder.Of(handle));

        void AddMethod(MethodDefinition method)
        {
            var signature = method.DecodeSignature(decoder, null);
            found.UnionWith(signature.ReturnType);
            found.UnionWith(signature.ParameterTypes.SelectMany(names => names));
            if (method.RelativeVirtualAddress == 0)
            {
                return;
            }

            var body = _file.GetMethodBody(method.RelativeVirtualAddress);
            if (!body.LocalSignature.IsNil)
            {
                found.UnionWith(_metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(decoder, null).SelectMany(names => names));
            }

            // Four bytes that look like a token of a member or type reference: code is scanned without decoding every instruction, which can only
            // find too much, never too little, and a wrong match would have to be a valid token by chance.
            var code = body.GetILBytes() ?? [];
            for (var i = 0; i + 4 <= code.Length; i++)
            {
                AddToken(BitConverter.ToInt32(code, i));
            }
        }

        void AddToken(int token)
        {
            var (table, row) = ((TableIndex)(token >> 24), token & 0xFFFFFF);
            if (row == 0 || table is not (TableIndex.TypeRef or TableIndex.MemberRef or TableIndex.TypeSpec or TableIndex.MethodSpec) || row > _metadata.GetTableRowCount(table))
            {
                return;
            }

            Add(MetadataTokens.EntityHandle(token));
        }
    }

    private string FullName(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
        {
            type = _metadata.GetTypeDefinition(type.GetDeclaringType());
        }

        return $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}";
    }
}
