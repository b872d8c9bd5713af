const SIDE_PX_MOST = 1600;
const QUALITY = 0.85;

/**
 * Return a picture as JPEG bytes with 1,600 pixels a side at most, upright, without what the camera
 * wrote. What this browser cannot read is returned as it is: the server says what is wrong with it.
 */
export async function shrunk(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE_PX_MOST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    return await blob.arrayBuffer();
  } catch {
    return file.arrayBuffer();
  }
}
