namespace Endpoints.Wix.Emulator;

/// <summary>
/// Provides the permissions on the items of a collection. The defaults are those of Wix for a new collection: everyone reads, only admins
/// write.
/// </summary>
public sealed class CollectionPermissions
{
    /// <summary>Gets or sets the role that is required to read items. The default is <see cref="CollectionRole.Anyone"/>.</summary>
    public CollectionRole Read { get; set; } = CollectionRole.Anyone;

    /// <summary>Gets or sets the role that is required to insert items. The default is <see cref="CollectionRole.Admin"/>.</summary>
    public CollectionRole Insert { get; set; } = CollectionRole.Admin;

    /// <summary>Gets or sets the role that is required to update items. The default is <see cref="CollectionRole.Admin"/>.</summary>
    public CollectionRole Update { get; set; } = CollectionRole.Admin;

    /// <summary>Gets or sets the role that is required to remove items. The default is <see cref="CollectionRole.Admin"/>.</summary>
    public CollectionRole Remove { get; set; } = CollectionRole.Admin;
}
