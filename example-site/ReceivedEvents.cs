namespace ExampleSite;

/// <summary>Keeps the latest notes of the event files, for the page.</summary>
public class ReceivedEvents(TimeProvider time)
{
    private const int Capacity = 20;

    private readonly Lock _gate = new();
    private readonly Queue<Note> _notes = new();

    public void Add(string file, string text)
    {
        lock (_gate)
        {
            if (_notes.Count == Capacity)
                _notes.Dequeue();
            _notes.Enqueue(new(time.GetUtcNow(), file, text));
        }
    }

    /// <summary>Returns the notes, the latest first.</summary>
    public IReadOnlyList<Note> Latest()
    {
        lock (_gate)
            return [.. _notes.Reverse()];
    }

    public sealed record Note(DateTimeOffset At, string File, string Text);
}
