using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Copies TorchSharp's native library; where the system's libstdc++ is too old for it, the copy no longer asks for the one new symbol.</summary>
/// <remarks>
/// Why and what: docs/decisions/0012. Compiled by the build itself, against .NET Standard 2.0. Offsets and field names are those of the ELF-64 format
/// (System V ABI; symbol versions: Linux Standard Base 5, "Symbol Versioning").
/// </remarks>
public sealed class RelaxGlibcxxRequirement : Task
{
    private const string Version = "GLIBCXX_3.4.32";
    private const string Symbol = "_ZSt21ios_base_library_initv";
    private const string Harmless = "rand"; // no arguments, no effect on iostreams, and already the end of a name in .dynstr
    private const int SectionDynamicSymbols = 11, SectionVersionNeeds = 0x6ffffffe, SectionSymbolVersions = 0x6fffffff;
    private const int LoadNow = 2;

    /// <summary>The library as the package holds it.</summary>
    [Required]
    public string Source { get; set; } = "";

    /// <summary>Where the library that loads here is written.</summary>
    [Required]
    public string Destination { get; set; } = "";

    /// <summary>SHA-256 of the only file whose bytes are known well enough to be changed, in lower-case hexadecimal.</summary>
    [Required]
    public string ExpectedSha256 { get; set; } = "";

    public override bool Execute()
    {
        var bytes = File.ReadAllBytes(Source);
        if (!SystemHasVersion())
        {
            var found = Hash(bytes);
            if (found != ExpectedSha256)
            {
                Log.LogError($"{Source}: SHA-256 is {found}, expected {ExpectedSha256}. The system's libstdc++ lacks {Version}, and only the expected file is known to load after the change that Maskwright makes.");
                return false;
            }

            Relax(bytes);
            Log.LogMessage(MessageImportance.Normal, $"{Path.GetFileName(Source)}: made to load without {Version}.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination)));
        var temporary = Destination + "." + Guid.NewGuid().ToString("N") + ".tmp";
        File.WriteAllBytes(temporary, bytes);
        File.Delete(Destination);
        File.Move(temporary, Destination);
        return true;
    }

    private static bool SystemHasVersion()
    {
        var library = dlopen("libstdc++.so.6", LoadNow);
        return library != IntPtr.Zero && dlvsym(library, Symbol, Version) != IntPtr.Zero;
    }

    private static string Hash(byte[] bytes)
    {
        using (var algorithm = SHA256.Create())
        {
            return BitConverter.ToString(algorithm.ComputeHash(bytes)).Replace("-", "").ToLowerInvariant();
        }
    }

    private static void Relax(byte[] file)
    {
        var symbols = FindSection(file, SectionDynamicSymbols);
        var names = Sections(file)[symbols.Link];
        MakeVersionWeak(file, names);
        var index = FindSymbol(file, symbols, names);
        Write(file, symbols.Offset + (24 * index), BitConverter.GetBytes((uint)OffsetOfSuffix(file, names, Harmless))); // st_name
        Write(file, FindSection(file, SectionSymbolVersions).Offset + (2 * index), BitConverter.GetBytes((ushort)1)); // any version will do
    }

    // Verneed: vn_cnt at 2, vn_aux at 8, vn_next at 12. Vernaux: vna_flags at 4, vna_name at 8, vna_next at 12.
    private static void MakeVersionWeak(byte[] file, Section names)
    {
        for (long need = FindSection(file, SectionVersionNeeds).Offset, next = 1; next != 0; need += next)
        {
            var entry = need + BitConverter.ToUInt32(file, (int)need + 8);
            for (var i = 0; i < BitConverter.ToUInt16(file, (int)need + 2); i++)
            {
                if (Text(file, names.Offset + BitConverter.ToUInt32(file, (int)entry + 8)) == Version)
                {
                    Write(file, entry + 4, BitConverter.GetBytes((ushort)2)); // weak: the loader does not insist
                }

                entry += BitConverter.ToUInt32(file, (int)entry + 12);
            }

            next = BitConverter.ToUInt32(file, (int)need + 12);
        }
    }

    private static long FindSymbol(byte[] file, Section symbols, Section names)
    {
        for (long i = 0; i < symbols.Size / 24; i++)
        {
            if (Text(file, names.Offset + BitConverter.ToUInt32(file, (int)(symbols.Offset + (24 * i)))) == Symbol)
            {
                return i;
            }
        }

        throw new InvalidDataException(Symbol + " is not among the dynamic symbols.");
    }

    private static long OffsetOfSuffix(byte[] file, Section names, string suffix)
    {
        for (var i = names.Offset; i < names.Offset + names.Size - suffix.Length; i++)
        {
            if (Text(file, i) == suffix)
            {
                return i - names.Offset;
            }
        }

        throw new InvalidDataException("No name of .dynstr ends with " + suffix + ".");
    }

    private static Section FindSection(byte[] file, int type) => Sections(file).Find(section => section.Type == type);

    // e_shoff at 40, e_shentsize at 58, e_shnum at 60; sh_type at 4, sh_offset at 24, sh_size at 32, sh_link at 40.
    private static List<Section> Sections(byte[] file)
    {
        var sections = new List<Section>();
        for (var i = 0; i < BitConverter.ToUInt16(file, 60); i++)
        {
            var at = (int)BitConverter.ToInt64(file, 40) + (i * BitConverter.ToUInt16(file, 58));
            sections.Add(new Section
            {
                Type = BitConverter.ToInt32(file, at + 4),
                Offset = BitConverter.ToInt64(file, at + 24),
                Size = BitConverter.ToInt64(file, at + 32),
                Link = BitConverter.ToInt32(file, at + 40),
            });
        }

        return sections;
    }

    private static string Text(byte[] file, long offset)
    {
        var end = Array.IndexOf(file, (byte)0, (int)offset);
        return Encoding.ASCII.GetString(file, (int)offset, end - (int)offset);
    }

    private static void Write(byte[] file, long offset, byte[] value) => value.CopyTo(file, offset);

    [DllImport("libc.so.6", CharSet = CharSet.Ansi)]
    private static extern IntPtr dlopen(string file, int mode);

    [DllImport("libc.so.6", CharSet = CharSet.Ansi)]
    private static extern IntPtr dlvsym(IntPtr library, string symbol, string version);

    private struct Section
    {
        public int Type;
        public long Offset;
        public long Size;
        public int Link;
    }
}
