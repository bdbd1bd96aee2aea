namespace Endpoints.Wix;

/// <summary>
/// Represents an answer whose body has nothing to say, such as <c>{}</c>. Its serializer is <see cref="WixSerializer.Empty"/>.
/// </summary>
public readonly record struct WixEmpty;
