namespace Endpoints.Generator;

/// <summary>The names of the generator's steps, by which tests see what ran again.</summary>
internal static class Steps
{
    /// <summary>The source files that routes have to do with.</summary>
    public const string Sources = nameof(Sources);

    /// <summary>What each file says by itself; runs for a file that was edited.</summary>
    public const string Readings = nameof(Readings);

    /// <summary>What files with base classes and the like say; runs for those whenever anything was edited.</summary>
    public const string ModelReadings = nameof(ModelReadings);

    /// <summary>The endpoint files as plain values.</summary>
    public const string Pages = nameof(Pages);

    /// <summary>The classes of the <c>_folder.cs</c> files as plain values.</summary>
    public const string Folders = nameof(Folders);

    /// <summary>The routes in their order, and the collisions.</summary>
    public const string Table = nameof(Table);

    /// <summary>The rows to be written.</summary>
    public const string Rows = nameof(Rows);

    /// <summary>How many rows there are, which is all that the table's class depends on.</summary>
    public const string Count = nameof(Count);

    /// <summary>The type that hides the library's namespace, if there is one.</summary>
    public const string Hiding = nameof(Hiding);

    /// <summary>The rows by the files they are written to.</summary>
    public const string Parts = nameof(Parts);
}
