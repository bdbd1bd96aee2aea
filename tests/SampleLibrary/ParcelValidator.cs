using FluentValidation;

namespace SampleLibrary;

internal sealed class ParcelValidator : AbstractValidator<Parcel>
{
    public ParcelValidator() => RuleFor(parcel => parcel.Weight).GreaterThan(0);
}
