using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using FluentValidation;

namespace Endpoints.Validation;

/// <summary>Finds the assemblies of an application that can contain validators, and loads no others.</summary>
/// <remarks>
/// The files of the application's assemblies are asked what they refer to; only those that use FluentValidation are loaded. Where there are no such files (a
/// single-file application) the references of the assemblies are followed.
/// </remarks>
internal static class ValidatorAssemblies
{
    private static readonly string Library = typeof(IValidator).Assembly.GetName().Name!;

    // What ships with .NET and what this package brings along: no application's validators are in there.
    private static readonly string[] Foreign = ["System", "Microsoft", "FluentValidation", "Scrutor", "mscorlib", "netstandard", "WindowsBase"];
    private static readonly string[] OurOwn = ["Endpoints", "Endpoints.Wix", "Endpoints.Wix.Emulator", "Endpoints.Postgres"];

    /// <summary>The assemblies that can contain validators, sooner or later.</summary>
    public static IReadOnlyCollection<Assembly> Reachable(IEnumerable<Assembly> roots)
    {
        var found = new Dictionary<string, Assembly>(StringComparer.OrdinalIgnoreCase);
        foreach (var root in roots)
        {
            if (found.TryAdd(Name(root), root) && !AddDependencies(root, found))
                AddReferences(root, found);
        }
        return found.Values;
    }

    /// <summary>Those of <paramref name="assemblies"/> that refer to FluentValidation, or to one of those that do and can have base classes for validators.</summary>
    public static IEnumerable<Assembly> Users(IEnumerable<Assembly> assemblies)
    {
        var known = assemblies.ToLookup(Name, StringComparer.OrdinalIgnoreCase);
        var uses = OurOwn.ToDictionary(static name => name, static _ => false, StringComparer.OrdinalIgnoreCase);
        return [.. assemblies.Where(Uses)];

        bool Uses(Assembly assembly)
        {
            if (uses.TryGetValue(Name(assembly), out var found))
                return found;
            uses[Name(assembly)] = false;
            return uses[Name(assembly)] = assembly.GetReferencedAssemblies().Any(reference => reference.Name == Library || known[reference.Name!].Any(Uses));
        }
    }

    /// <summary>The classes of an assembly; those of them that can be loaded, if something it refers to is missing.</summary>
    public static IEnumerable<Type> Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            return e.Types.OfType<Type>();
        }
    }

    private static bool AddDependencies(Assembly root, Dictionary<string, Assembly> found)
    {
        var files = ApplicationFiles();
        if (root.IsDynamic || !files.ContainsKey(Name(root)))
            return false;

        var uses = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase) { [Library] = true };
        foreach (var name in files.Keys)
        {
            if (!IsForeign(name) && Uses(name))
                Add(new AssemblyName(name), found);
        }
        return true;

        bool Uses(string name)
        {
            if (uses.TryGetValue(name, out var known))
                return known;
            uses[name] = false; // a circle adds nothing
            return uses[name] = !IsForeign(name) && files.TryGetValue(name, out var file) && ReferencesOf(file).Any(Uses);
        }
    }

    /// <summary>The assemblies that the runtime was started with, but for the framework's own, by name.</summary>
    private static Dictionary<string, string> ApplicationFiles()
    {
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (file.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal))
                files.TryAdd(Path.GetFileNameWithoutExtension(file), file);
        }
        return files;
    }

    private static IEnumerable<string> ReferencesOf(string file)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(file));
            if (!image.HasMetadata)
                return [];
            var metadata = image.GetMetadataReader();
            return [.. metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name))];
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or UnauthorizedAccessException)
        {
            return []; // what can't be read can't be loaded either
        }
    }

    private static void AddReferences(Assembly root, Dictionary<string, Assembly> found)
    {
        foreach (var reference in root.GetReferencedAssemblies())
        {
            if (!IsForeign(reference.Name!) && Add(reference, found) is { } added)
                AddReferences(added, found);
        }
    }

    /// <returns>The assembly, if it was not known.</returns>
    private static Assembly? Add(AssemblyName name, Dictionary<string, Assembly> found)
    {
        if (found.ContainsKey(name.Name!))
            return null;
        try
        {
            return found[name.Name!] = Assembly.Load(name);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            return null; // a reference that this application does without
        }
    }

    private static bool IsForeign(string name) =>
        OurOwn.Contains(name, StringComparer.OrdinalIgnoreCase)
        || Foreign.Any(prefix => name == prefix || name.StartsWith(prefix + ".", StringComparison.OrdinalIgnoreCase));

    private static string Name(Assembly assembly) => assembly.GetName().Name ?? "";
}
