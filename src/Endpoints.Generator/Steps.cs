namespace Endpoints.Generator;

/// <summary>Defines the names of the generator's steps, by which tests verify which steps ran again.</summary>
internal static class Steps
{
    /// <summary>The source files that are relevant to routes.</summary>
    public const string Sources = nameof(Sources);

    /// <summary>The results of reading each file on its own. Runs for edited files.</summary>
    public const string Readings = nameof(Readings);

    /// <summary>The results of reading files with base classes and the like. Runs for those files after every edit.</summary>
    public const string ModelReadings = nameof(ModelReadings);

    /// <summary>The endpoint files as plain values.</summary>
    public const string Pages = nameof(Pages);

    /// <summary>The classes of the <c>_folder.cs</c> files as plain values.</summary>
    public const string Folders = nameof(Folders);

    /// <summary>The routes in their order, and the collisions.</summary>
    public const string Table = nameof(Table);

    /// <summary>The rows to be written.</summary>
    public const string Rows = nameof(Rows);

    /// <summary>The number of rows, which is all that the table's class depends on.</summary>
    public const string Count = nameof(Count);

    /// <summary>The type that hides the library's namespace, if there is one.</summary>
    public const string Hiding = nameof(Hiding);

    /// <summary>The rows, grouped by the files they are written to.</summary>
    public const string Parts = nameof(Parts);
}
