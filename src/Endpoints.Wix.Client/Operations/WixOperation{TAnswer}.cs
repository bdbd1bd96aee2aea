namespace Endpoints.Wix;

/// <summary>Represents a method of Wix's REST API that takes no body.</summary>
/// <typeparam name="TAnswer">The type of the answer; <see cref="WixEmpty"/> if its body has nothing to say.</typeparam>
public sealed class WixOperation<TAnswer> : WixOperation
{
    /// <summary>Initializes a new instance of the <see cref="WixOperation{TAnswer}"/> class.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path, beginning with <c>/</c>. A parameter is a whole segment in braces:
    /// <c>/stores/v3/products/{productId}</c>.</param>
    /// <param name="answer">The serializer that reads the answer. A <c>JsonTypeInfo&lt;TAnswer&gt;</c> converts to it.</param>
    /// <exception cref="ArgumentException"><paramref name="method"/> or <paramref name="path"/> isn't one of Wix's API.</exception>
    public WixOperation(HttpMethod method, string path, WixSerializer<TAnswer> answer)
        : base(method, path)
    {
        ArgumentNullException.ThrowIfNull(answer);
        Answer = answer;
    }

    /// <summary>Gets the serializer that reads the answer.</summary>
    public WixSerializer<TAnswer> Answer { get; }
}
