using Endpoints.Wix.Modules;

namespace Endpoints.Wix;

/// <summary>How a business is reached. In an update, null leaves a property as it is.</summary>
public sealed record BusinessContact
{
    /// <summary>The e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>The fax number.</summary>
    public string? Fax { get; init; }

    /// <summary>The address.</summary>
    public SiteAddress? Address { get; init; }

    /// <summary>The names of the properties that are set, as Wix takes them.</summary>
    internal string Mask() => FieldMask.Of(("email", Email), ("phone", Phone), ("fax", Fax), ("address", Address));
}
