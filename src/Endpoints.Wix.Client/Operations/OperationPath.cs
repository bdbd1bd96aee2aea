using System.Text;
using Endpoints.Shared.CallPatterns;
using Endpoints.Wix.Http;

namespace Endpoints.Wix.Operations;

/// <summary>The path of an operation: literal text, and parameters that are a whole segment each, or all of one before a verb.</summary>
internal sealed class OperationPath
{
    private readonly string _template;
    private readonly string[] _literals; // one more than there are parameters
    private readonly string[] _parameters;

    private OperationPath(string template, string[] literals, string[] parameters) =>
        (_template, _literals, _parameters) = (template, literals, parameters);

    /// <exception cref="ArgumentException">The template isn't a path, or two servers could read it differently.</exception>
    public static OperationPath Parse(string template, string parameter)
    {
        if (template is not ['/', _, ..])
            throw Wrong(template, parameter);
        List<string> literals = [], parameters = [];
        var literal = new StringBuilder();
        foreach (var segment in template[1..].Split('/'))
        {
            literal.Append('/');
            if (segment is ['{', ..] && segment.IndexOf('}', StringComparison.Ordinal) is > 1 and var end && IsName(segment[1..end])
                && IsVerb(segment[(end + 1)..]))
            {
                literals.Add(literal.ToString());
                parameters.Add(segment[1..end]);
                literal.Clear().Append(segment, end + 1, segment.Length - end - 1);
            }
            else if (PlainPath.IsSegment(segment))
            {
                literal.Append(segment);
            }
            else
            {
                throw Wrong(template, parameter);
            }
        }

        return new(template, [.. literals, literal.ToString()], [.. parameters]);
    }

    /// <summary>Returns the path and query string of one call.</summary>
    /// <exception cref="ArgumentException">There are more or fewer arguments than parameters, or one isn't a segment.</exception>
    public string Fill(WixArguments? arguments)
    {
        ReadOnlySpan<string> values = arguments is null ? [] : arguments.OfPath;
        if (values.Length != _parameters.Length)
            throw new ArgumentException(
                $"The path {_template} has {_parameters.Length} parameters, and there are {values.Length} arguments.", nameof(arguments));
        var query = arguments?.OfQuery ?? [];
        if (values.IsEmpty && query.Count == 0)
            return _template;
        var path = new StringBuilder(_literals[0]);
        for (var i = 0; i < values.Length; i++)
            path.Append(WixAddress.Segment(values[i], _parameters[i])).Append(_literals[i + 1]);
        for (var i = 0; i < query.Count; i++)
            path.Append(i == 0 ? '?' : '&').Append(Uri.EscapeDataString(query[i].Key)).Append('=')
                .Append(Uri.EscapeDataString(query[i].Value));
        return path.ToString();
    }

    // As Wix's own paths have them: productId, product.id.
    private static bool IsName(string name) =>
        name.Length > 0 && name.All(static character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-');

    // As in /bookings/{bookingId}:confirmOrDecline.
    private static bool IsVerb(string text) => text.Length == 0 || (text is [':', _, ..] && text.Skip(1).All(char.IsAsciiLetter));

    private static ArgumentException Wrong(string template, string parameter) => new(
        $"'{template}' isn't the path of an operation: it begins with '/', and has segments that all servers read alike, or parameters "
        + "in braces that are a whole segment.", parameter);
}
