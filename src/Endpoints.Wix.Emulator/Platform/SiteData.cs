using System.Text.Json.Nodes;

namespace Endpoints.Wix.Emulator.Platform;

/// <summary>What one site holds. JSON trees are not safe to share, so all reading and writing happens inside one lock per site.</summary>
internal sealed class SiteData(JsonObject properties)
{
    private readonly Lock _gate = new();

    public JsonObject Properties { get; } = properties;

    public long PropertiesVersion { get; set; } = 1;

    /// <summary>Gives what <paramref name="read"/> gives, which must be a copy and not a part of the data.</summary>
    public T Read<T>(Func<SiteData, T> read)
    {
        lock (_gate)
            return read(this);
    }

    public void Write(Action<SiteData> write)
    {
        lock (_gate)
            write(this);
    }
}
