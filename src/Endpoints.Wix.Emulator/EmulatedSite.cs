using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Platform;

namespace Endpoints.Wix.Emulator;

/// <summary>A site of the emulated platform, with its own data.</summary>
public sealed class EmulatedSite
{
    internal EmulatedSite(string id, string accountId, string name, SiteData data)
    {
        Id = id;
        AccountId = accountId;
        Name = name;
        Data = data;
    }

    /// <summary>The site's id.</summary>
    public string Id { get; }

    /// <summary>The account that owns the site.</summary>
    public string AccountId { get; }

    /// <summary>The name that the site was added with. <see cref="Properties"/> has the one that calls can change.</summary>
    public string Name { get; }

    /// <summary>A copy of the site's properties, as <c>GET /site-properties/v4/properties</c> gives them.</summary>
    public JsonObject Properties => Data.Read(static data => (JsonObject)data.Properties.DeepClone());

    internal SiteData Data { get; }

    /// <summary>Changes the site's properties, as its owner would in the dashboard.</summary>
    /// <param name="change">Edits the properties in place; calls wait until it returns.</param>
    public void ChangeProperties(Action<JsonObject> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Data.Write(data =>
        {
            change(data.Properties);
            data.PropertiesVersion++;
        });
    }

    /// <summary>Gives the name and the id.</summary>
    public override string ToString() => $"{Name} ({Id})";
}
