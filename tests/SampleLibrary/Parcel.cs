namespace SampleLibrary;

public sealed record Parcel(int Weight);
