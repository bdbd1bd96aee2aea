namespace Endpoints.Wix.Emulator;

/// <summary>Who may do what with the items of a collection. Wix's default for a new collection: everyone reads, only admins write.</summary>
public sealed class CollectionPermissions
{
    /// <summary>Who may read items. Everyone by default.</summary>
    public CollectionRole Read { get; set; } = CollectionRole.Anyone;

    /// <summary>Who may insert items. Admins by default.</summary>
    public CollectionRole Insert { get; set; } = CollectionRole.Admin;

    /// <summary>Who may change items. Admins by default.</summary>
    public CollectionRole Update { get; set; } = CollectionRole.Admin;

    /// <summary>Who may remove items. Admins by default.</summary>
    public CollectionRole Remove { get; set; } = CollectionRole.Admin;
}
