using FluentValidation;

namespace DropIn.Minimal;

public sealed record Note(int Id, string Text);

public sealed record NewNote(string Text, NoteLine[]? Lines = null);

public sealed record NoteLine(string Text);

/// <summary>Made by the validator of its owner, as FluentValidation's documentation shows: no container can make it.</summary>
internal sealed class LineValidator : AbstractValidator<NoteLine>
{
    public LineValidator(NewNote owner) => RuleFor(static line => line.Text).NotEqual(owner.Text);
}

/// <summary>Used by hand, where the application wants it; never registered.</summary>
internal sealed class NewNoteValidator : AbstractValidator<NewNote>
{
    public NewNoteValidator()
    {
        RuleFor(static note => note.Text).NotEmpty();
        RuleForEach(static note => note.Lines).SetValidator(static note => new LineValidator(note));
    }
}

/// <summary>The notes that somebody wrote during one run.</summary>
internal sealed class NoteBook
{
    private readonly List<Note> _notes = [new(1, "Roast on Tuesday"), new(2, "Order cups")];

    public IReadOnlyList<Note> All => _notes;

    public Note? Find(int id) => _notes.Find(note => note.Id == id);

    public Note Add(string text)
    {
        var note = new Note(_notes.Count + 1, text);
        _notes.Add(note);
        return note;
    }
}
