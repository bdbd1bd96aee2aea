namespace Endpoints.Wix.Emulator;

/// <summary>Specifies the role that a site's owner requires for an operation on the items of a collection.</summary>
public enum CollectionRole
{
    /// <summary>Everyone, including visitors.</summary>
    Anyone,

    /// <summary>Members, apps and users.</summary>
    SiteMember,

    /// <summary>The member who inserted the item, apps and users. For inserting, the same as <see cref="SiteMember"/>.</summary>
    SiteMemberAuthor,

    /// <summary>Only apps, users and API keys.</summary>
    Admin,
}
