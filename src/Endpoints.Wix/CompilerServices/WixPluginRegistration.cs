using System.ComponentModel;
using System.Reflection;
using Endpoints.Wix.Webhooks;

namespace Endpoints.Wix.CompilerServices;

/// <summary>Represents the registration of one service plugin. Written by the generator.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WixPluginRegistration
{
    private WixPluginRegistration(string name, Type plugin, WixPluginTable table, Func<IServiceProvider, WixPlugin> create, string? file,
        string? address, IReadOnlyList<string>? only)
    {
        Name = name;
        Plugin = plugin;
        Table = table;
        Create = create;
        File = file;
        IsTool = typeof(IWixTool).IsAssignableFrom(plugin);
        Tool = IsTool ? plugin.GetCustomAttribute<WixToolAttribute>() : null;
        // The tools of an app share one.
        Address = address ?? (IsTool ? null : NameOf(file)) ?? table.ExtensionType.Replace('_', '-').ToLowerInvariant();
        Only = only;
    }

    /// <summary>Gets the plugin's name.</summary>
    public string Name { get; }

    /// <summary>Gets the class of the plugin.</summary>
    public Type Plugin { get; }

    /// <summary>Gets the methods of the plugin.</summary>
    public WixPluginTable Table { get; }

    /// <summary>Gets the function that creates the plugin from a scope's services.</summary>
    public Func<IServiceProvider, WixPlugin> Create { get; }

    /// <summary>Gets the file of the plugin, relative to the project; <see langword="null"/> for none.</summary>
    public string? File { get; }

    /// <summary>Gets the segment of the plugin's address.</summary>
    public string Address { get; }

    /// <summary>Gets the calls as the app that the plugin may make; <see langword="null"/> for all.</summary>
    public IReadOnlyList<string>? Only { get; }

    /// <summary>Gets a value that indicates whether the plugin is one tool of the app.</summary>
    internal bool IsTool { get; }

    /// <summary>Gets the declaration of the tool; <see langword="null"/> if it has none, or is no tool.</summary>
    internal WixToolAttribute? Tool { get; }

    /// <summary>Gets the name that nothing else has: the type of the plugin, and that of a tool.</summary>
    internal string Route => Tool is null ? Table.ExtensionType : $"{Table.ExtensionType}/{Tool.MethodName}";

    /// <summary>Returns the registration of a plugin.</summary>
    /// <typeparam name="TPlugin">The plugin.</typeparam>
    /// <param name="name">The plugin's name, for logs and metrics.</param>
    /// <param name="file">The file of the plugin, relative to the project; <see langword="null"/> for none.</param>
    /// <param name="address">
    /// The segment of the plugin's address; <see langword="null"/> for the name of the file without its extension, or the type of the
    /// plugin, such as <c>ecom-shipping-rates</c>. Tools have that of their type: <c>tools-provider-config</c>.
    /// </param>
    /// <param name="only">The calls as the app that the plugin may make; <see langword="null"/> for all.</param>
    /// <returns>The registration.</returns>
    public static WixPluginRegistration For<TPlugin>(string name, string? file = null, string? address = null,
        IReadOnlyList<string>? only = null)
        where TPlugin : WixPlugin, IWixPlugin
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new(name, typeof(TPlugin), TPlugin.Table, static services => WixFileTable.Create<TPlugin>(services), file, address, only);
    }

    /// <summary>Returns the type of the plugin and its name.</summary>
    public override string ToString() => $"{Route} ({Name})";

    private static string? NameOf(string? file) => file is null ? null : Path.GetFileNameWithoutExtension(file.Replace('\\', '/'));
}
