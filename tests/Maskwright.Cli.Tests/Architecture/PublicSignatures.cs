using System.Reflection;

namespace Maskwright.Cli.Tests.Architecture;

/// <summary>The types that a user of a type gets to see.</summary>
internal static class PublicSignatures
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Base type, interfaces, and the types in public and protected members; generic arguments and element types included.</summary>
    public static IEnumerable<Type> TypesOf(Type type)
    {
        var methods = type.GetMethods(Declared).Where(method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);
        var constructors = type.GetConstructors(Declared).Where(method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);
        return type.GetInterfaces().Append(type.BaseType)
            .Concat(methods.Select(method => method.ReturnType))
            .Concat(methods.Cast<MethodBase>().Concat(constructors).SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType))
            .Concat(type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily).Select(field => field.FieldType))
            .OfType<Type>().SelectMany(Unwrapped);
    }

    private static IEnumerable<Type> Unwrapped(Type type) => type switch
    {
        { HasElementType: true } => Unwrapped(type.GetElementType()!), // it has one
        { IsGenericType: true } => type.GetGenericArguments().SelectMany(Unwrapped).Append(type),
        _ => [type],
    };
}
