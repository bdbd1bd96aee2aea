namespace Endpoints.Wix;

/// <summary>Represents a method of Wix's REST API that takes a body.</summary>
/// <typeparam name="TBody">The type of the body.</typeparam>
/// <typeparam name="TAnswer">The type of the answer; <see cref="WixEmpty"/> if its body has nothing to say.</typeparam>
public sealed class WixOperation<TBody, TAnswer> : WixOperation
{
    /// <summary>Initializes a new instance of the <see cref="WixOperation{TBody, TAnswer}"/> class.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path, beginning with <c>/</c>. A parameter is a whole segment in braces:
    /// <c>/stores/v3/products/{productId}</c>.</param>
    /// <param name="body">The serializer that writes the body. A <c>JsonTypeInfo&lt;TBody&gt;</c> converts to it.</param>
    /// <param name="answer">The serializer that reads the answer. A <c>JsonTypeInfo&lt;TAnswer&gt;</c> converts to it.</param>
    /// <exception cref="ArgumentException"><paramref name="method"/> or <paramref name="path"/> isn't one of Wix's API.</exception>
    public WixOperation(HttpMethod method, string path, WixSerializer<TBody> body, WixSerializer<TAnswer> answer)
        : base(method, path)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(answer);
        Body = body;
        Answer = answer;
    }

    /// <summary>Gets the serializer that writes the body.</summary>
    public WixSerializer<TBody> Body { get; }

    /// <summary>Gets the serializer that reads the answer.</summary>
    public WixSerializer<TAnswer> Answer { get; }
}
