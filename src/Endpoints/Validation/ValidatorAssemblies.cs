using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Endpoints.Validation;

/// <summary>Finds the assemblies of an application that can contain validators, and loads no others.</summary>
/// <remarks>
/// The references of the application's assemblies are read from their files; only those that use FluentValidation are loaded. Without such
/// files (in a single-file application), the references of the loaded assemblies are followed.
/// </remarks>
internal sealed class ValidatorAssemblies
{
    private const string Library = "FluentValidation"; // to ask it for its name would load it

    // What ships with .NET and what this package brings along: no application's validators are in there.
    private static readonly string[] Foreign =
        ["System", "Microsoft", "FluentValidation", "Scrutor", "mscorlib", "netstandard", "WindowsBase"];

    // Who refers to this assembly is no user of FluentValidation yet.
    private static readonly string Own = Name(typeof(ValidatorAssemblies).Assembly);

    // Read once in a process, which may start an application for each of many tests.
    private static readonly ConcurrentDictionary<string, string[]> References = new(StringComparer.Ordinal);

    private readonly Dictionary<string, Assembly> _found = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _files = ApplicationFiles();
    private readonly Dictionary<string, bool> _users = new(StringComparer.OrdinalIgnoreCase) { [Library] = true };

    /// <param name="roots">The assemblies to begin with.</param>
    public ValidatorAssemblies(Assembly[] roots)
    {
        var hasFiles = false;
        foreach (var root in roots)
        {
            if (!_found.TryAdd(Name(root), root))
                continue;
            if (!root.IsDynamic && _files.ContainsKey(Name(root)))
                hasFiles = true;
            else
                AddReferences(root);
        }
        if (!hasFiles)
            return;

        foreach (var name in _files.Keys)
        {
            if (!IsForeign(name) && IsUser(name))
                Add(new AssemblyName(name));
        }
    }

    /// <summary>Gets the assemblies that can contain validators, now or after an update.</summary>
    public IReadOnlyCollection<Assembly> All => _found.Values;

    /// <summary>
    /// Determines whether an assembly references FluentValidation, or another assembly that does and can have base classes for validators.
    /// </summary>
    public bool IsUser(Assembly assembly) => IsUser(Name(assembly));

    /// <summary>Returns the classes of an assembly, or those that can be loaded if one of its references is missing.</summary>
    public static Type[] Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            return [.. e.Types.OfType<Type>()];
        }
    }

    private bool IsUser(string name)
    {
        if (_users.TryGetValue(name, out var known))
            return known;
        _users[name] = false; // a circle adds nothing
        if (_found.TryGetValue(name, out var loaded))
            return _users[name] = name != Own && RefersToUser(loaded); // an application may be called Microsoft.Shop
        return _users[name] = !IsForeign(name) && _files.TryGetValue(name, out var file) && RefersToUser(file);
    }

    private bool RefersToUser(Assembly loaded)
    {
        foreach (var reference in loaded.GetReferencedAssemblies())
        {
            if (IsUser(reference.Name!))
                return true;
        }
        return false;
    }

    private bool RefersToUser(string file)
    {
        foreach (var reference in References.GetOrAdd(file, Read))
        {
            if (IsUser(reference))
                return true;
        }
        return false;
    }

    /// <summary>Returns the names of the assemblies that a file references.</summary>
    private static string[] Read(string file)
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

    private void AddReferences(Assembly assembly)
    {
        foreach (var reference in assembly.GetReferencedAssemblies())
        {
            if (!IsForeign(reference.Name!) && Add(reference) is { } added)
                AddReferences(added);
        }
    }

    /// <returns>The assembly, if it was not known.</returns>
    private Assembly? Add(AssemblyName name)
    {
        if (_found.ContainsKey(name.Name!))
            return null;
        try
        {
            return _found[name.Name!] = Assembly.Load(name);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            return null; // a reference that this application does without
        }
    }

    /// <summary>Returns the assemblies that the runtime was started with, except for the framework's own, by name.</summary>
    private static Dictionary<string, string> ApplicationFiles()
    {
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries))
        {
            if (file.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal))
                files.TryAdd(Path.GetFileNameWithoutExtension(file), file);
        }
        return files;
    }

    private static bool IsForeign(string name)
    {
        foreach (var prefix in Foreign)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (name.Length == prefix.Length || name[prefix.Length] == '.'))
                return true;
        }
        return name.Equals(Own, StringComparison.OrdinalIgnoreCase);
    }

    private static string Name(Assembly assembly) => assembly.GetName().Name ?? "";
}
