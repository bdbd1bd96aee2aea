namespace Endpoints.Validation;

/// <summary>Represents a validated value from the point of view of the client that sent it.</summary>
internal abstract class ErrorKey
{
    /// <summary>Returns the client's name for a part of the value.</summary>
    /// <param name="path">The part in the validators' notation (<c>Items[2].Price</c>); empty for the whole value.</param>
    /// <param name="value">The value.</param>
    /// <param name="names">The names of the client's request.</param>
    public abstract string NameOf(string path, object value, ClientNames names);
}
