using System.ComponentModel;
using System.Globalization;

namespace Endpoints.Wix.Values;

/// <summary>Lets configuration bind a text to a <see cref="WixSecret"/>; there is no way back.</summary>
internal sealed class SecretTypeConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    public override bool CanConvertTo(ITypeDescriptorContext? context, Type? destinationType) => false;

    // An empty setting is a missing one; the check at start says so, better than a binding error could.
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text && !string.IsNullOrWhiteSpace(text) ? new WixSecret(text) : null;
}
