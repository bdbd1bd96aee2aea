namespace Endpoints.Validation;

/// <summary>What a validated value is to the client that sent it.</summary>
internal abstract class ErrorKey
{
    /// <summary>The client's name for a part of the value.</summary>
    /// <param name="path">The part as validators name it (<c>Items[2].Price</c>); empty for the whole value.</param>
    /// <param name="value">The value.</param>
    /// <param name="names">How the client's request names things.</param>
    public abstract string NameOf(string path, object value, ClientNames names);
}
