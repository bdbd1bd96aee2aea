namespace Endpoints.Wix.Inboxes;

/// <summary>Remembers whether the inbox stored the event that was offered to it last.</summary>
internal sealed class InboxOutages
{
    private volatile bool _isRefusing;

    /// <summary>Gets or sets a value that indicates whether the last event was refused because the inbox is unavailable or full.</summary>
    public bool IsRefusing
    {
        get => _isRefusing;
        set => _isRefusing = value;
    }
}
